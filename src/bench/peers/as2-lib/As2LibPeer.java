import com.helger.as2lib.cert.CertificateFactory;
import com.helger.as2lib.client.AS2Client;
import com.helger.as2lib.client.AS2ClientRequest;
import com.helger.as2lib.client.AS2ClientResponse;
import com.helger.as2lib.client.AS2ClientSettings;
import com.helger.as2lib.crypto.ECompressionType;
import com.helger.as2lib.crypto.ECryptoAlgorithmCrypt;
import com.helger.as2lib.crypto.ECryptoAlgorithmSign;
import com.helger.as2lib.crypto.IMICMatchingHandler;
import com.helger.as2lib.exception.AS2Exception;
import com.helger.as2lib.message.IMessage;
import com.helger.as2lib.partner.AS2PartnershipNotFoundException;
import com.helger.as2lib.partner.AbstractPartnershipFactory;
import com.helger.as2lib.partner.Partnership;
import com.helger.as2lib.processor.DefaultMessageProcessor;
import com.helger.as2lib.processor.receiver.AS2MDNReceiverModule;
import com.helger.as2lib.processor.receiver.AS2ReceiverModule;
import com.helger.as2lib.processor.receiver.net.AS2MDNReceiverHandler;
import com.helger.as2lib.processor.sender.AsynchMDNSenderModule;
import com.helger.as2lib.processor.storage.MDNFileModule;
import com.helger.as2lib.processor.storage.MessageFileModule;
import com.helger.as2lib.session.AS2Session;
import com.helger.security.keystore.EKeyStoreType;
import jakarta.activation.DataHandler;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A program around as2-lib and its socket server, run from this file. It listens for LONJA under every name of
 * {@code ways.txt}, files what it receives in {@code inbox/}, and sends what standard input tells it to:
 * {@code NAME FILE}, answered by one line that begins with {@code sent NAME}. An asynchronous MDN that comes back is a
 * line that begins with {@code mdn NAME}.
 *
 * <p>Arguments: home folder, port, password of {@code keys.p12} (aliases {@code peer} and {@code lonja}), the hub's
 * address, the port for asynchronous MDNs. A line of {@code ways.txt} is a name and what it does: {@code ALPLAINLY sign=DIGEST_SHA_256
 * encrypt=CRYPT_AES128_CBC compress=after mdn=async}.
 */
public final class As2LibPeer {

    private static final String MDN_OPTIONS =
            "signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, ";

    private final Path home;
    private final String password;
    private final String hub;
    private final int mdnPort;
    private final Map<String, Map<String, String>> ways = new HashMap<>();

    private As2LibPeer(Path home, String password, String hub, int mdnPort) {
        this.home = home;
        this.password = password;
        this.hub = hub;
        this.mdnPort = mdnPort;
    }

    public static void main(String[] arguments) throws Exception {
        As2LibPeer peer = new As2LibPeer(Path.of(arguments[0]), arguments[2], arguments[3], Integer.parseInt(arguments[4]));
        peer.listen(Integer.parseInt(arguments[1]));
        System.out.println("as2-lib is ready");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] words = line.split(" ");
            System.out.println("sent " + words[0] + " " + peer.send(words[0], Path.of(words[1])));
        }
    }

    private void listen(int port) throws Exception {
        AS2Session session = new AS2Session();
        // Else it believes whatever certificate comes with a signature.
        session.setCryptoVerifyUseCertificateInBodyPart(false);
        CertificateFactory certificates = new CertificateFactory();
        certificates.setKeyStoreType(EKeyStoreType.PKCS12);
        certificates.setFilename(home.resolve("keys.p12").toString());
        certificates.setPassword(password);
        certificates.setSaveChangesToFile(false);
        certificates.initDynamicComponent(session, null);
        session.setCertificateFactory(certificates);
        AbstractPartnershipFactory partnerships = new ByNames();
        partnerships.initDynamicComponent(session, null);
        for (String line : Files.readAllLines(home.resolve("ways.txt"))) {
            String[] words = line.split(" ");
            Map<String, String> way = new HashMap<>();
            for (int i = 1; i < words.length; i++) {
                way.put(words[i].split("=")[0], words[i].split("=")[1]);
            }
            ways.put(words[0], way);
            partnerships.addPartnership(inbound(words[0], way));
            partnerships.addPartnership(outbound(words[0]));
        }
        session.setPartnershipFactory(partnerships);
        DefaultMessageProcessor processor = remembering(new DefaultMessageProcessor());
        processor.initDynamicComponent(session, null);
        session.setMessageProcessor(processor);
        MessageFileModule files = new MessageFileModule();
        files.setProtocol("as2");
        files.setFilename(home.resolve("inbox") + "/$msg.sender.as2_id$-$msg.receiver.as2_id$-$msg.headers.message-id$");
        files.initDynamicComponent(session, null);
        processor.addModule(files);
        AS2ReceiverModule receiver = new AS2ReceiverModule();
        receiver.setAddress("127.0.0.1");
        receiver.setPort(port);
        receiver.setErrorDirectory(home.resolve("error").toString());
        receiver.initDynamicComponent(session, null);
        processor.addModule(receiver);
        // Without a place to file them it refuses asynchronous MDNs.
        MDNFileModule mdnFiles = new MDNFileModule();
        mdnFiles.setProtocol("as2");
        mdnFiles.setFilename(home.resolve("mdns") + "/$mdn.msg.sender.as2_id$-$mdn.msg.headers.message-id$");
        mdnFiles.initDynamicComponent(session, null);
        processor.addModule(mdnFiles);
        AsynchMDNSenderModule mdns = new AsynchMDNSenderModule();
        mdns.initDynamicComponent(session, null);
        processor.addModule(mdns);
        AS2MDNReceiverModule mdnReceiver = new MdnReceiver();
        mdnReceiver.setAddress("127.0.0.1");
        mdnReceiver.setPort(mdnPort);
        mdnReceiver.setErrorDirectory(home.resolve("error").toString());
        mdnReceiver.initDynamicComponent(session, null);
        processor.addModule(mdnReceiver);
        processor.startActiveModules();
    }

    /** Who sends and who takes MDNs must look at the same place for the MIC that was sent. */
    private DefaultMessageProcessor remembering(DefaultMessageProcessor processor) {
        processor.setPendingMDNFolder(home.resolve("pending").toString());
        processor.setPendingMDNInfoFolder(home.resolve("pending-info").toString());
        return processor;
    }

    /** It looks up an asynchronous MDN by certificates too, which it does not know yet, and so never finds any. */
    private static final class ByNames extends AbstractPartnershipFactory {

        @Override
        public Partnership getPartnership(Partnership wanted) throws AS2Exception {
            return getAllPartnerships().stream()
                    .filter(each -> each.getSenderAS2ID().equals(wanted.getSenderAS2ID())
                            && each.getReceiverAS2ID().equals(wanted.getReceiverAS2ID()))
                    .findFirst()
                    .orElseThrow(() -> new AS2PartnershipNotFoundException(wanted));
        }
    }

    /** Takes asynchronous MDNs, and says of each what it thinks of it. */
    private static final class MdnReceiver extends AS2MDNReceiverModule {

        @Override
        public AS2MDNReceiverHandler createHandler() {
            AS2MDNReceiverHandler handler = super.createHandler();
            boolean[] signed = {false};
            handler.setVerificationCertificateConsumer(certificate -> signed[0] = certificate != null);
            handler.setMICMatchingHandler(new IMICMatchingHandler() {
                @Override
                public void onMICMatch(IMessage message, String ours) {
                    say(message, "match");
                }

                @Override
                public void onMICMismatch(IMessage message, String ours, String theirs) {
                    say(message, "mismatch");
                }

                private void say(IMessage message, String mic) {
                    System.out.println("mdn %s disposition=[%s] mic=%s signed=%s"
                            .formatted(
                                    message.partnership().getSenderAS2ID(),
                                    message.getMDN().attrs().getAsString("DISPOSITION"),
                                    mic,
                                    signed[0]));
                }
            });
            return handler;
        }

        @Override
        public void handleError(IMessage message, AS2Exception fault) {
            System.out.println("mdn refused: " + fault);
            super.handleError(message, fault);
        }
    }

    /** By which an MDN finds back to what it answers. */
    private static Partnership outbound(String name) {
        Partnership partnership = new Partnership(name + "-LONJA");
        partnership.setProtocol("as2");
        partnership.setSenderAS2ID(name);
        partnership.setSenderX509Alias("peer");
        partnership.setReceiverAS2ID("LONJA");
        partnership.setReceiverX509Alias("lonja");
        return partnership;
    }

    /** It digests with or without headers by what stands here, not by what came: sign and encrypt must be told. */
    private static Partnership inbound(String name, Map<String, String> way) {
        Partnership partnership = new Partnership("LONJA-" + name);
        partnership.setProtocol("as2");
        partnership.setSenderAS2ID("LONJA");
        partnership.setSenderX509Alias("lonja");
        partnership.setReceiverAS2ID(name);
        partnership.setReceiverX509Alias("peer");
        if (way.containsKey("sign")) {
            partnership.setSigningAlgorithm(ECryptoAlgorithmSign.valueOf(way.get("sign")));
        }
        if (way.containsKey("encrypt")) {
            partnership.setEncryptAlgorithm(ECryptoAlgorithmCrypt.valueOf(way.get("encrypt")));
        }
        return partnership;
    }

    private String send(String name, Path document) throws Exception {
        Map<String, String> way = ways.get(name);
        ECryptoAlgorithmSign sign = way.containsKey("sign") ? ECryptoAlgorithmSign.valueOf(way.get("sign")) : null;
        String[] mic = {"unknown"};
        AS2ClientSettings settings = new AS2ClientSettings();
        settings.setKeyStore(EKeyStoreType.PKCS12, home.resolve("keys.p12").toFile(), password);
        settings.setSaveKeyStoreChangesToFile(false);
        settings.setSenderData(name, "edi@example.com", "peer");
        settings.setReceiverData("LONJA", "lonja", hub);
        settings.setPartnershipName(name + "-LONJA");
        settings.setMDNOptions(MDN_OPTIONS + (sign == null ? "sha-256" : sign.getMICAlgorithmID()));
        settings.setEncryptAndSign(
                way.containsKey("encrypt") ? ECryptoAlgorithmCrypt.valueOf(way.get("encrypt")) : null, sign);
        if (way.containsKey("compress")) {
            settings.setCompress(ECompressionType.ZLIB, way.get("compress").equals("before"));
        }
        if ("async".equals(way.get("mdn"))) {
            settings.setAsyncMDNUrl("http://127.0.0.1:%d/mdn".formatted(mdnPort));
        }
        settings.setMICMatchingHandler(new IMICMatchingHandler() {
            @Override
            public void onMICMatch(IMessage message, String ours) {
                mic[0] = "match";
            }

            @Override
            public void onMICMismatch(IMessage message, String ours, String theirs) {
                mic[0] = "mismatch";
            }
        });
        AS2ClientRequest request = new AS2ClientRequest("order");
        request.setContentType("application/edi-x12");
        // Given as an array it cannot be sent plainly: its mail library has no handler for arrays.
        request.setData(new DataHandler(new ByteArrayDataSource(Files.readAllBytes(document), "application/edi-x12")));
        AS2Client client = new AS2Client() {
            @Override
            protected AS2Session createSession() {
                AS2Session session = super.createSession();
                session.setCryptoVerifyUseCertificateInBodyPart(false);
                return session;
            }

            @Override
            protected void initMessageProcessor(AS2Session session) throws AS2Exception {
                super.initMessageProcessor(session);
                remembering((DefaultMessageProcessor) session.getMessageProcessor());
            }
        };
        AS2ClientResponse response = client.sendSynchronous(settings, request);
        String exception = response.hasException() ? response.getException().toString() : "none";
        return "disposition=[%s] mic=%s signed=%s exception=[%s]"
                .formatted(
                        response.hasMDN() ? response.getMDNDisposition() : "none",
                        mic[0],
                        response.getMDNVerificationCertificate() != null,
                        exception.replace('\n', ' '));
    }
}
