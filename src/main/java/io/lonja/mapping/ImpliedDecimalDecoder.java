package io.lonja.mapping;

import jakarta.annotation.Resource;
import java.math.BigDecimal;
import java.util.Properties;
import java.util.regex.Pattern;
import org.smooks.api.converter.TypeConverter;
import org.smooks.api.converter.TypeConverterDescriptor;
import org.smooks.api.converter.TypeConverterFactory;
import org.smooks.api.resource.config.Configurable;
import org.smooks.engine.converter.DefaultTypeConverterDescriptor;

/**
 * The Smooks decoder {@code ImpliedDecimal}: X12's types N1 to N9, whose decimal point is not written. With the
 * parameter {@code places} at 2, {@code TDS*125493444} is {@code 1254934.44}. What is not a whole number stays as it is,
 * so that the assembler can say so.
 */
@Resource(name = "ImpliedDecimal")
public final class ImpliedDecimalDecoder implements TypeConverterFactory<String, String>, Configurable {

    private Properties parameters = new Properties();

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,30}");

    @Override
    public TypeConverter<String, String> createTypeConverter() {
        return this::convert;
    }

    @Override
    public TypeConverterDescriptor<Class<String>, Class<String>> getTypeConverterDescriptor() {
        return new DefaultTypeConverterDescriptor<>(String.class, String.class);
    }

    private String convert(String written) {
        return WHOLE_NUMBER.matcher(written).matches()
                ? new BigDecimal(written)
                        .movePointLeft(Integer.parseInt(parameters.getProperty("places", "0")))
                        .toPlainString()
                : written;
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
