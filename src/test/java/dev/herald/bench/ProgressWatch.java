package dev.herald.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.testing.TestHerald;

/**
 * Looks at a send while it runs: how many are accepted, and what is left on the heap
 * after a collection. Counting a large ledger takes time, so it counts the more seldom
 * the longer that takes, and costs a twentieth of a core at most.
 */
final class ProgressWatch {

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

	private static final int IDLE_FOR_EACH_BUSY = 20;

	private static final long WARM_UP = TimeUnit.SECONDS.toNanos(10);

	private final TestHerald herald;

	private final int issueId;

	private final List<Sample> samples = new ArrayList<>();

	private final AtomicLong mostAfterCollection = new AtomicLong();

	private final CountDownLatch over = new CountDownLatch(1);

	private long frozenAt;

	private long processorAtFreeze;

	private long liveAtHalf;

	ProgressWatch(TestHerald herald, int issueId) {
		this.herald = herald;
		this.issueId = issueId;
		ManagementFactory.getGarbageCollectorMXBeans().forEach(this::listenTo);
	}

	private void listenTo(GarbageCollectorMXBean collector) {
		((NotificationEmitter) collector).addNotificationListener((notification, nothing) -> {
			if (notification.getUserData() instanceof CompositeData data) {
				long used = GarbageCollectionNotificationInfo.from(data)
					.getGcInfo()
					.getMemoryUsageAfterGc()
					.entrySet()
					.stream()
					.filter((pool) -> isHeap(pool.getKey()))
					.map((pool) -> pool.getValue())
					.mapToLong(MemoryUsage::getUsed)
					.sum();
				this.mostAfterCollection.accumulateAndGet(used, Math::max);
			}
		}, null, null);
	}

	private static boolean isHeap(String pool) {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.anyMatch((bean) -> bean.getName().equals(pool) && bean.getType() == MemoryType.HEAP);
	}

	/** From the freeze on, until {@link #end}. */
	synchronized void run() {
		this.frozenAt = System.nanoTime();
		this.processorAtFreeze = processorNanos();
		try {
			long pause = 0;
			while (!this.over.await(pause, TimeUnit.NANOSECONDS)) {
				long start = System.nanoTime();
				sample(start);
				pause = Math.max(SHORTEST_PAUSE, (System.nanoTime() - start) * IDLE_FOR_EACH_BUSY);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Not by an interrupt, under which Java would close H2's file. */
	void end() {
		this.over.countDown();
	}

	private void sample(long at) {
		DeliveryCounts counts = this.herald.get(Ledger.class).counts(this.issueId);
		int accepted = counts.of(DeliveryState.ACCEPTED);
		this.samples.add(new Sample(at, accepted));
		if (this.liveAtHalf == 0 && accepted >= counts.recipients() / 2) {
			System.gc();
			this.liveAtHalf = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		}
	}

	/**
	 * @param start when the send was asked to run
	 * @param end when that returned
	 */
	synchronized void tell(long start, long end) {
		int accepted = this.herald.get(Ledger.class).counts(this.issueId).of(DeliveryState.ACCEPTED);
		this.samples.add(new Sample(end, accepted));
		SendingProcess.figure("send", SendingProcess.millis(this.frozenAt - start),
				SendingProcess.millis(end - this.frozenAt), accepted, Math.round(steadyRate()), this.liveAtHalf >> 10,
				this.mostAfterCollection.get() >> 10,
				TimeUnit.NANOSECONDS.toMicros(processorNanos() - this.processorAtFreeze) / Math.max(1, accepted));
	}

	/** Of all threads of this process, the compiler's and the collector's among them. */
	private static long processorNanos() {
		return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
	}

	/**
	 * Messages a second from ten seconds after the freeze on; where the send was over
	 * sooner, of its second half.
	 */
	private double steadyRate() {
		Sample last = this.samples.get(this.samples.size() - 1);
		long from = this.frozenAt + Math.min(WARM_UP, (last.at() - this.frozenAt) / 2);
		Sample first = this.samples.stream().filter((sample) -> sample.at() >= from).findFirst().orElse(last);
		if (first.equals(last)) {
			return 0;
		}
		return (last.accepted() - first.accepted()) * 1e9 / (last.at() - first.at());
	}

	private record Sample(long at, int accepted) {
	}

}
