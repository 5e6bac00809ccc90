package io.lonja.archive;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.base.GeneratorBase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what Jackson tells of a record and writes it as {@link CanonicalJson}, without a tree in between. The members of an object
 * may come in any order: where they did not come in that of the standard, they are put into it when the object ends.
 */
final class CanonicalGenerator extends GeneratorBase {

    private static final int MEMBERS_AT_FIRST = 64;

    private final StringBuilder json = new StringBuilder(1024);
    /** Of all open objects, the outer ones first. */
    private final List<String> names = new ArrayList<>(MEMBERS_AT_FIRST);
    /** Where in the text the member of each name begins. */
    private int[] begins = new int[MEMBERS_AT_FIRST];

    private @Nullable Open open;

    CanonicalGenerator(ObjectCodec codec) {
        super(0, codec);
    }

    /** What was written so far. */
    StringBuilder json() {
        return json;
    }

    @Override
    public void writeStartObject() {
        beginValue();
        json.append('{');
        open = new Open(open, true, names.size());
    }

    @Override
    public void writeFieldName(String name) {
        Open object = current();
        if (names.size() > object.firstName) {
            object.inOrder &= names.get(names.size() - 1).compareTo(name) < 0;
            json.append(',');
        }
        if (names.size() == begins.length) {
            begins = Arrays.copyOf(begins, begins.length * 2);
        }
        begins[names.size()] = json.length();
        names.add(name);
        CanonicalJson.appendText(json, name);
        json.append(':');
    }

    @Override
    public void writeEndObject() {
        Open object = current();
        if (!object.inOrder) {
            putInOrder(object.firstName);
        }
        names.subList(object.firstName, names.size()).clear();
        json.append('}');
        open = object.around;
    }

    /** String compares by UTF-16 code units, as RFC 8785 asks. */
    private void putInOrder(int firstName) {
        int base = begins[firstName];
        int members = names.size() - firstName;
        List<Member> sorted = new ArrayList<>(members);
        String text = json.substring(base);
        for (int i = firstName; i < names.size(); i++) {
            int end = i + 1 < names.size() ? begins[i + 1] - 1 : json.length();
            sorted.add(new Member(names.get(i), begins[i] - base, end - base));
        }
        sorted.sort((one, other) -> one.name.compareTo(other.name));
        json.setLength(base);
        String before = null;
        for (Member member : sorted) {
            if (member.name.equals(before)) {
                throw new IllegalArgumentException("The name %s comes twice in one object".formatted(before));
            }
            json.append(before == null ? "" : ",").append(text, member.from, member.to);
            before = member.name;
        }
    }

    @Override
    public void writeStartArray() {
        beginValue();
        json.append('[');
        open = new Open(open, false, names.size());
    }

    @Override
    public void writeEndArray() {
        json.append(']');
        open = current().around;
    }

    @Override
    public void writeString(@Nullable String text) {
        beginValue();
        if (text == null) {
            json.append("null");
        } else {
            CanonicalJson.appendText(json, text);
        }
    }

    @Override
    public void writeString(char[] text, int offset, int length) {
        writeString(new String(text, offset, length));
    }

    @Override
    public void writeBinary(Base64Variant ignored, byte[] data, int offset, int length) {
        writeString(Base64.getEncoder().encodeToString(Arrays.copyOfRange(data, offset, offset + length)));
    }

    @Override
    public void writeNumber(int number) {
        writeNumber((long) number);
    }

    @Override
    public void writeNumber(long number) {
        beginValue();
        json.append(CanonicalJson.exact(number));
    }

    @Override
    public void writeNumber(@Nullable BigInteger number) {
        throw notExact(number);
    }

    @Override
    public void writeNumber(double number) {
        throw notExact(number);
    }

    @Override
    public void writeNumber(float number) {
        throw notExact(number);
    }

    @Override
    public void writeNumber(@Nullable BigDecimal number) {
        throw notExact(number);
    }

    @Override
    public void writeNumber(@Nullable String number) {
        throw notExact(number);
    }

    private static IllegalArgumentException notExact(@Nullable Object number) {
        return new IllegalArgumentException(
                "%s is not a whole number; facts hold decimals as BigDecimal".formatted(number));
    }

    @Override
    public void writeBoolean(boolean value) {
        beginValue();
        json.append(value);
    }

    @Override
    public void writeNull() {
        beginValue();
        json.append("null");
    }

    private void beginValue() {
        Open around = open;
        if (around != null && !around.object) {
            if (!around.empty) {
                json.append(',');
            }
            around.empty = false;
        }
    }

    private Open current() {
        if (open == null) {
            throw new IllegalStateException("No object or array is open");
        }
        return open;
    }

    @Override
    public void writeRawUTF8String(byte[] text, int offset, int length) {
        throw raw();
    }

    @Override
    public void writeUTF8String(byte[] text, int offset, int length) {
        throw raw();
    }

    @Override
    public void writeRaw(String text) {
        throw raw();
    }

    @Override
    public void writeRaw(String text, int offset, int length) {
        throw raw();
    }

    @Override
    public void writeRaw(char[] text, int offset, int length) {
        throw raw();
    }

    @Override
    public void writeRaw(char c) {
        throw raw();
    }

    private static IllegalArgumentException raw() {
        return new IllegalArgumentException("Canonical JSON takes values, no text that is JSON already");
    }

    @Override
    public void flush() {
        // It is all in memory.
    }

    @Override
    protected void _releaseBuffers() {
        // None is borrowed.
    }

    @Override
    protected void _verifyValueWrite(String of) {
        // Whoever writes here is Jackson, which puts a name before each value of an object.
    }

    /** An object or array that did not end yet. */
    private static final class Open {

        private final @Nullable Open around;
        private final boolean object;
        private final int firstName;
        private boolean inOrder = true;
        private boolean empty = true;

        Open(@Nullable Open around, boolean object, int firstName) {
            this.around = around;
            this.object = object;
            this.firstName = firstName;
        }
    }

    private record Member(String name, int from, int to) {}
}
