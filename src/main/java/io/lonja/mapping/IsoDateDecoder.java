package io.lonja.mapping;

import jakarta.annotation.Resource;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.smooks.api.converter.TypeConverter;
import org.smooks.api.converter.TypeConverterDescriptor;
import org.smooks.api.converter.TypeConverterFactory;
import org.smooks.api.resource.config.Configurable;
import org.smooks.engine.converter.DefaultTypeConverterDescriptor;

/**
 * The Smooks decoder {@code IsoDate}: XML writes {@code 2026-11-21}, perhaps with a time zone behind it, which is {@code
 * 20261121} here: the day is the one that is written. What is no such date stays as it is, so that the assembler can say so.
 */
@Resource(name = "IsoDate")
public final class IsoDateDecoder implements TypeConverterFactory<String, String>, Configurable {

    private static final Pattern DATE = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?");

    private Properties parameters = new Properties();

    @Override
    public TypeConverter<String, String> createTypeConverter() {
        return written -> {
            Matcher date = DATE.matcher(written);
            return date.matches() ? date.group(1) + date.group(2) + date.group(3) : written;
        };
    }

    @Override
    public TypeConverterDescriptor<Class<String>, Class<String>> getTypeConverterDescriptor() {
        return new DefaultTypeConverterDescriptor<>(String.class, String.class);
    }

    @Override
    public void setConfiguration(Properties properties) {
        parameters = properties;
    }

    @Override
    public Properties getConfiguration() {
        return parameters;
    }
}
