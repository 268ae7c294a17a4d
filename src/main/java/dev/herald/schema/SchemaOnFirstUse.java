package dev.herald.schema;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Makes the tables current before any other bean can see the data source, on the server
 * as on the command line.
 */
@Component
class SchemaOnFirstUse implements BeanPostProcessor {

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof DataSource dataSource) {
			new Schema(dataSource).ensureCurrent();
		}
		return bean;
	}

}
