package io.lonja.mapping;

import jakarta.annotation.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.smooks.api.converter.TypeConverter;
import org.smooks.api.converter.TypeConverterDescriptor;
import org.smooks.api.converter.TypeConverterFactory;
import org.smooks.api.resource.config.Configurable;
import org.smooks.engine.converter.DefaultTypeConverterDescriptor;

/**
 * The Smooks decoder {@code CompositePairs}: composites of a value and what qualifies it, from the element that the
 * parameter {@code from} names to that of {@code to}, as in {@code PIA+1+A-100:SA+4711:IN}. The result is a list of two
 * texts each, qualifier and value, in wire order; composites without a value are left out.
 */
@Resource(name = "CompositePairs")
public final class CompositePairsDecoder implements TypeConverterFactory<String, List<List<String>>>, Configurable {

    private Properties parameters = new Properties();

    @Override
    public TypeConverter<String, List<List<String>>> createTypeConverter() {
        return this::convert;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // A class literal has no type arguments.
    public TypeConverterDescriptor<Class<String>, Class<List<List<String>>>> getTypeConverterDescriptor() {
        return new DefaultTypeConverterDescriptor(String.class, List.class);
    }

    private List<List<String>> convert(String composites) {
        String[] elements = composites.split(String.valueOf(SegmentAttribute.SEPARATOR), -1);
        int to = Math.min(elements.length, Integer.parseInt(parameters.getProperty("to", "1")));
        List<List<String>> pairs = new ArrayList<>();
        for (int i = Integer.parseInt(parameters.getProperty("from", "1")) - 1; i < to; i++) {
            String[] components = elements[i].split(String.valueOf(SegmentAttribute.COMPONENT_SEPARATOR), -1);
            if (!components[0].isEmpty()) {
                pairs.add(List.of(components.length > 1 ? components[1] : "", components[0]));
            }
        }
        return pairs;
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
