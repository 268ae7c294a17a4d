package dev.herald.web;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * HTTP/1.1 that does not wait for ever. Tomcat's timeouts begin anew with every octet, so
 * that a client that sends one a second would hold a thread for as long as it likes. Here
 * a request has 20 s, and a second more for each 2,000 octets of its body; then its
 * connection is cut. Tomcat makes it by its name. Thread-safe.
 */
public final class PacedHttp11 extends Http11NioProtocol {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final long OCTETS_A_SECOND = 2_000;

	/** Of a body that was refused: a browser shows the answer when it has sent all. */
	private static final DataSize MAX_DRAINED = DataSize.ofMegabytes(256);

	private final Duration patience;

	public PacedHttp11() {
		this(PATIENCE);
	}

	PacedHttp11(Duration patience) {
		this.patience = patience;
	}

	@Override
	public void setAdapter(Adapter adapter) {
		super.setAdapter(new PacedAdapter(adapter));
	}

	@Override
	protected Processor createProcessor() {
		return new PacedProcessor();
	}

	private boolean isLate(long begun, long octets) {
		return System.nanoTime() - begun > this.patience.plusMillis(octets * 1000 / OCTETS_A_SECOND).toNanos();
	}

	/**
	 * Between the pieces of a head no thread waits, but the connection would stay: 8 kB
	 * of it, by the octet, are two hours.
	 */
	private final class PacedProcessor extends Http11Processor {

		private @Nullable SocketWrapperBase<?> client;

		private long begun;

		PacedProcessor() {
			super(PacedHttp11.this, PacedHttp11.this.getAdapter());
		}

		@Override
		public SocketState service(SocketWrapperBase<?> socket) throws IOException {
			if (this.client != socket) {
				this.client = socket;
				this.begun = System.nanoTime();
			}
			else if (isLate(this.begun, 0)) {
				this.client = null;
				return SocketState.CLOSED;
			}
			SocketState state = super.service(socket);
			if (state != SocketState.LONG) {
				this.client = null;
			}
			return state;
		}

	}

	/** Times a body, whoever reads it, and what of it nobody has read. */
	private final class PacedAdapter implements Adapter {

		private final Adapter adapter;

		PacedAdapter(Adapter adapter) {
			this.adapter = adapter;
		}

		@Override
		public void service(Request request, Response response) throws Exception {
			InputBuffer body = request.getInputBuffer();
			request.setInputBuffer(new PacedBody(request, body));
			try {
				this.adapter.service(request, response);
				drain(request);
			}
			finally {
				request.setInputBuffer(body);
			}
		}

		/** Who waits to be asked for the body does not send it unasked. */
		private void drain(Request request) {
			if (request.hasExpectation()) {
				return;
			}
			Piece piece = new Piece();
			try {
				while (request.getBytesRead() <= MAX_DRAINED.toBytes()) {
					if (request.doRead(piece) < 0) {
						return;
					}
				}
			}
			catch (IOException ex) {
				// Gone, or too late; the answer is on its way.
			}
			request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
		}

		@Override
		public boolean prepare(Request request, Response response) throws Exception {
			return this.adapter.prepare(request, response);
		}

		@Override
		public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
			return this.adapter.asyncDispatch(request, response, event);
		}

		@Override
		public void log(Request request, Response response, long time) {
			this.adapter.log(request, response, time);
		}

		@Override
		public void checkRecycled(Request request, Response response) {
			this.adapter.checkRecycled(request, response);
		}

		@Override
		public String getDomain() {
			return this.adapter.getDomain();
		}

	}

	private final class PacedBody implements InputBuffer {

		private final long begun = System.nanoTime();

		private final Request request;

		private final InputBuffer body;

		PacedBody(Request request, InputBuffer body) {
			this.request = request;
			this.body = body;
		}

		@Override
		public int doRead(ApplicationBufferHandler handler) throws IOException {
			if (isLate(this.begun, this.request.getBytesRead())) {
				throw new SocketTimeoutException("The body of a request came too slowly");
			}
			return this.body.doRead(handler);
		}

		@Override
		public int available() {
			return this.body.available();
		}

	}

	/** Takes what nobody wants. */
	private static final class Piece implements ApplicationBufferHandler {

		private ByteBuffer piece = ByteBuffer.allocate(0);

		@Override
		public void setByteBuffer(ByteBuffer buffer) {
			this.piece = buffer;
		}

		@Override
		public ByteBuffer getByteBuffer() {
			return this.piece;
		}

		@Override
		public void expand(int size) {
		}

	}

}
