package dev.herald.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.jspecify.annotations.Nullable;

/** A web server on loopback that behaves as told, and remembers what it was asked. */
final class Site implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private Site(HttpServer server) {
		this.server = server;
		server.setExecutor(this.threads);
		server.start();
	}

	static Site http() throws IOException {
		return new Site(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
	}

	static Site https(SSLContext context) throws IOException {
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(context));
		return new Site(server);
	}

	/** As METHOD path. */
	List<String> asked() {
		return this.asked;
	}

	URI at(String path) {
		String scheme = (this.server instanceof HttpsServer) ? "https" : "http";
		return URI.create(scheme + "://127.0.0.1:" + this.server.getAddress().getPort() + path);
	}

	Site on(String path, HttpHandler handler) {
		this.server.createContext(path, (exchange) -> {
			this.asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
			try (exchange) {
				handler.handle(exchange);
			}
		});
		return this;
	}

	Site status(String path, int status) {
		return on(path, (exchange) -> reply(exchange, status, Map.of()));
	}

	Site redirect(String path, int status, String location) {
		return on(path, (exchange) -> reply(exchange, status, Map.of("Location", location)));
	}

	Site bytes(String path, @Nullable String type, byte[] content) {
		return on(path, (exchange) -> {
			if (type != null) {
				exchange.getResponseHeaders().set("Content-Type", type);
			}
			exchange.sendResponseHeaders(200, content.length);
			exchange.getResponseBody().write(content);
		});
	}

	static void reply(HttpExchange exchange, int status, Map<String, String> fields) throws IOException {
		fields.forEach(exchange.getResponseHeaders()::set);
		exchange.sendResponseHeaders(status, -1);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * A server that says this to whoever connects, again and again or once, and closes.
	 */
	static ServerSocket saying(String words, boolean forever) throws IOException {
		return serving((socket) -> {
			do {
				say(socket, words);
			}
			while (forever);
		});
	}

	/** The same, but it closes when whoever connects has closed. */
	static ServerSocket holding(String words) throws IOException {
		return serving((socket) -> {
			say(socket, words);
			socket.getInputStream().readAllBytes();
		});
	}

	private static void say(Socket socket, String words) throws IOException {
		socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
		socket.getOutputStream().flush();
	}

	private static ServerSocket serving(Speech speech) throws IOException {
		ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(() -> {
			while (!server.isClosed()) {
				try (Socket socket = server.accept()) {
					socket.getInputStream().read();
					speech.to(socket);
				}
				catch (IOException ex) {
					// The probe has gone, or the test is over.
				}
			}
		});
		thread.setDaemon(true);
		thread.start();
		return server;
	}

	private interface Speech {

		void to(Socket socket) throws IOException;

	}

	static URI at(ServerSocket server) {
		return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
	}

}
