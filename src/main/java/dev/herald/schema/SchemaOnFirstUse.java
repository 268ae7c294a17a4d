package dev.herald.schema;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Makes the tables current before any other bean can see the data source, on the server
 * as on the command line, and keeps an H2 file dense until the data source is closed.
 */
@Component
class SchemaOnFirstUse implements DestructionAwareBeanPostProcessor {

	private final Map<Object, H2Compaction> compactions = new ConcurrentHashMap<>();

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof DataSource dataSource) {
			new Schema(dataSource).ensureCurrent();
			H2Compaction.begin(dataSource).ifPresent((compaction) -> this.compactions.put(bean, compaction));
		}
		return bean;
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		return bean instanceof DataSource;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
		H2Compaction compaction = this.compactions.remove(bean);
		if (compaction != null) {
			compaction.end();
		}
	}

}
