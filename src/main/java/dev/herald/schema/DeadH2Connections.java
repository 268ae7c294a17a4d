package dev.herald.schema;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;
import org.h2.api.ErrorCode;

/**
 * Has the pool throw away connections to an H2 database that was closed under them, as H2
 * does when its disk is full. They say of themselves that they are valid, so without this
 * nothing could be written any more until Herald was started again, though the disk had
 * room. Named in the settings of the pool.
 */
public final class DeadH2Connections implements SQLExceptionOverride {

	@java.lang.Override
	public Override adjudicate(SQLException failure) {
		return switch (failure.getErrorCode()) {
			case ErrorCode.DATABASE_IS_CLOSED, ErrorCode.DATABASE_CALLED_AT_SHUTDOWN -> Override.MUST_EVICT;
			default -> Override.CONTINUE_EVICT;
		};
	}

}
