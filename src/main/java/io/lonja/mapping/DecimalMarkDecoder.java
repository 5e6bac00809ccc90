package io.lonja.mapping;

import jakarta.annotation.Resource;
import java.util.Properties;
import java.util.regex.Pattern;
import org.smooks.api.converter.TypeConverter;
import org.smooks.api.converter.TypeConverterDescriptor;
import org.smooks.api.converter.TypeConverterFactory;
import org.smooks.api.resource.config.Configurable;
import org.smooks.engine.converter.DefaultTypeConverterDescriptor;

/**
 * The Smooks decoder {@code DecimalMark}: EDIFACT allows a comma in numbers, {@code QTY+21:12,5:KGM} is {@code 12.5}. The
 * guide has judged already that it is the mark of this interchange. What is no such number stays as it is, so that the
 * assembler can say so.
 */
@Resource(name = "DecimalMark")
public final class DecimalMarkDecoder implements TypeConverterFactory<String, String>, Configurable {

    private static final Pattern WITH_COMMA = Pattern.compile("-?[0-9]{0,30},[0-9]{0,30}");

    private Properties parameters = new Properties();

    @Override
    public TypeConverter<String, String> createTypeConverter() {
        return written -> WITH_COMMA.matcher(written).matches() ? written.replace(',', '.') : written;
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
