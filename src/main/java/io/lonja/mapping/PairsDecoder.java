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
 * The Smooks decoder {@code Pairs}: qualifiers and the values behind them, from the element that the parameter {@code
 * from} names to the end of the segment, as in {@code PO1*1*10*CA*12.50**VN*A-100*UP*036000291452}. The result is a
 * list of two texts each, in wire order; pairs with an empty half are left out.
 */
@Resource(name = "Pairs")
public final class PairsDecoder implements TypeConverterFactory<String, List<List<String>>>, Configurable {

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

    private List<List<String>> convert(String elements) {
        String[] values = elements.split(String.valueOf(SegmentAttribute.SEPARATOR), -1);
        List<List<String>> pairs = new ArrayList<>();
        for (int i = Integer.parseInt(parameters.getProperty("from", "1")) - 1; i + 1 < values.length; i += 2) {
            if (!values[i].isEmpty() && !values[i + 1].isEmpty()) {
                pairs.add(List.of(values[i], values[i + 1]));
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
