package io.lonja.bench;

import io.lonja.archive.Sha256;
import io.lonja.transport.as2.As2Peer;
import io.lonja.transport.as2.Keys;
import io.lonja.transport.as2.Wire;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/**
 * An order of 10 KB that was signed (SHA-256, RSA-2048) and encrypted (AES-128-CBC) before anybody's time is taken: no two
 * are the same, by Message-ID, control numbers and order number.
 *
 * @param head of the request but for its Host, CRLF behind every line
 * @param payload digest of the document
 * @param mic in base64, what the MDN must return
 */
record As2Order(String head, byte[] body, String messageId, Sha256 payload, String mic) {

    static final int BYTES = 10_240;

    /** Numbered {@code number}, 1 to 999,999,999. */
    static As2Order prepared(int number, String from, String to, Keys sender, Keys receiver) {
        byte[] document = document(number, from);
        Wire plain = Wire.document("application/edi-x12", document);
        Wire sealed = plain.signed(sender).encrypted(receiver);
        String messageId = "<order-%d@%s>".formatted(number, from);
        String head = """
                AS2-Version: 1.2
                AS2-From: %s
                AS2-To: %s
                Message-ID: %s
                MIME-Version: 1.0
                Subject: order
                Date: Sat, 28 Nov 2026 08:00:00 GMT
                Disposition-Notification-To: edi@example.com
                Disposition-Notification-Options: signed-receipt-protocol=required, pkcs7-signature; signed-receipt-micalg=required, sha-256
                """.formatted(from, to, messageId).replace("\n", "\r\n") + sealed.headers();
        String mic = Base64.getEncoder().encodeToString(Sha256.of(plain.bytes()).bytes());
        return new As2Order(head, sealed.body(), messageId, Sha256.of(document), mic);
    }

    /** A purchase order (X12 850) whose lines fill it up, its length in bytes just under {@link #BYTES}. */
    private static byte[] document(int number, String from) {
        Random random = new Random(number);
        StringBuilder text = new StringBuilder(BYTES);
        text.append("ISA*00*          *00*          *ZZ*%-15s*ZZ*LONJA          *261128*0815*U*00401*%09d*0*P*>~"
                .formatted(from, number));
        text.append("GS*PO*%s*LONJA*20261128*0815*%d*X*004010~ST*850*0001~".formatted(from, number));
        text.append("BEG*00*SA*PO-%09d**20261128~CUR*BY*EUR~DTM*002*20261205~".formatted(number));
        text.append("N1*BY*Hotel Miramar*92*%s~N1*SE*Valle Foods*92*VALLE~".formatted(from));
        int segments = 7;
        long total = 0;
        int line = 0;
        while (text.length() < BYTES - 210) {
            int quantity = 1 + random.nextInt(200);
            int cents = 1 + random.nextInt(20_000);
            total += (long) quantity * cents;
            line++;
            text.append("PO1*%d*%d*CA*%s**VN*A-%05d~PID*F****Extra virgin olive oil 12 x 500 ml~"
                    .formatted(line, quantity, BigDecimal.valueOf(cents, 2), random.nextInt(100_000)));
            segments += 2;
        }
        text.append("CTT*%d~AMT*TT*%s~SE*%d*0001~".formatted(line, BigDecimal.valueOf(total, 2), segments + 3));
        text.append("GE*1*%d~IEA*1*%09d~".formatted(number, number));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws IllegalStateException when this is not a signed promise to have exactly this order */
    void verify(As2Line.Answer answer, Keys receiver) {
        As2Peer.Reply reply = As2Peer.Reply.of(answer.status(), answer.headers(), answer.body(), receiver);
        if (reply.status() != 200
                || !reply.signed()
                || !reply.disposition().equals("processed")
                || !reply.originalMessageId().equals(messageId)
                || !reply.mic().startsWith(mic + ",")) {
            throw new IllegalStateException("%s was answered %d, %s, %s, MIC %s where it is %s: %s"
                    .formatted(
                            messageId,
                            reply.status(),
                            reply.signed() ? "signed" : "unsigned",
                            reply.disposition(),
                            reply.mic(),
                            mic,
                            new String(answer.body(), StandardCharsets.ISO_8859_1)));
        }
    }
}
