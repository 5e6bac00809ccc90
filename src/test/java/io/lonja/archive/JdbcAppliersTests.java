package io.lonja.archive;

import io.lonja.TestDatabase;
import javax.sql.DataSource;

class JdbcAppliersTests extends JdbcAppliersContract {

    @Override
    DataSource freshDatabase() {
        return TestDatabase.h2();
    }
}
