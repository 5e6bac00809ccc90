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
 * The Smooks decoder {@code PlainNumber}: XML may write a number as {@code +100.00}, which is {@code 100} here, so that it
 * can be looked up like a code. What is no number stays as it is.
 */
@Resource(name = "PlainNumber")
public final class PlainNumberDecoder implements TypeConverterFactory<String, String>, Configurable {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:[0-9]{1,30}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30})");

    private Properties parameters = new Properties();

    @Override
    public TypeConverter<String, String> createTypeConverter() {
        return written -> NUMBER.matcher(written).matches() ? plain(written) : written;
    }

    private static String plain(String written) {
        BigDecimal number = new BigDecimal(written);
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
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
