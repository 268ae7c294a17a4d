package dev.herald.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run of the benchmark measures, and how. Filled by picocli, then only read. */
final class Options {

	@Option(names = "--parts", split = ",", paramLabel = "PART",
			description = "Any of ${COMPLETION-CANDIDATES}; without it: h2,mysql,dkim,nodemailer,freeze.")
	Set<Part> parts = EnumSet.of(Part.H2, Part.MYSQL, Part.DKIM, Part.NODEMAILER, Part.FREEZE);

	@Option(names = "--recipients", description = "Of each compared send; default ${DEFAULT-VALUE}.")
	int recipients = 20_000;

	@Option(names = "--connections", description = "To the sink, for every sender; default ${DEFAULT-VALUE}.")
	int connections = 8;

	@Option(names = "--pairs",
			description = "How often smtp-source and Herald take turns in each part; default ${DEFAULT-VALUE}.")
	int pairs = 3;

	@Option(names = "--heap", description = "The sending process's -Xmx; default ${DEFAULT-VALUE}.")
	String heap = "256m";

	@Option(names = "--java", split = " ", paramLabel = "OPTION",
			description = "The sending process's other options; default ${DEFAULT-VALUE}, as in the Dockerfile.")
	List<String> java = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	@Option(names = "--million", description = "Adds the part sizes with 10,000, 100,000 and 1,000,000 recipients.")
	boolean million;

	@Option(names = "--sizes", split = ",", paramLabel = "N",
			description = "Recipients of the sends of the part sizes; default 10000,100000,1000000.")
	List<Integer> sizes = List.of(10_000, 100_000, 1_000_000);

	@Option(names = "--sizes-on", description = "H2 or MYSQL: the database of the part sizes; default H2.")
	BenchDatabase.Kind sizesOn = BenchDatabase.Kind.H2;

	@Option(names = "--freeze-recipients", description = "Of the part freeze; default ${DEFAULT-VALUE}.")
	int freezeRecipients = 1_000_000;

	@Option(names = "--report-issues", description = "Of the part reports; default ${DEFAULT-VALUE}.")
	int reportIssues = 20;

	@Option(names = "--report-recipients", description = "Of each of its issues; default ${DEFAULT-VALUE}.")
	int reportRecipients = 500_000;

	@Option(names = "--import-rows", description = "Of the part imports; default ${DEFAULT-VALUE}.")
	int importRows = 1_000_000;

	@Option(names = "--imports-on", split = ",", paramLabel = "DATABASE",
			description = "H2, MYSQL: the databases of the part imports; default both.")
	List<BenchDatabase.Kind> importsOn = List.of(BenchDatabase.Kind.values());

	@Option(names = "--list-rows", description = "Subscribers of the part lists; default ${DEFAULT-VALUE}.")
	int listRows = 1_000_000;

	@Option(names = "--lists-on", split = ",", paramLabel = "DATABASE",
			description = "H2, MYSQL: the databases of the part lists; default both.")
	List<BenchDatabase.Kind> listsOn = List.of(BenchDatabase.Kind.values());

	@Option(names = "--property", paramLabel = "NAME=VALUE", description = "A setting of Herald; may be repeated.")
	List<String> properties = new ArrayList<>();

	@Option(names = "--dkim-property", paramLabel = "NAME=VALUE",
			description = { "A setting that makes Herald sign; may be repeated. In it {key} stands for the file of",
					"an RSA-2048 key (PKCS #8, PEM) that the benchmark makes. Without any the part dkim is skipped." })
	List<String> dkimProperties = new ArrayList<>();

	@Option(names = "--send-setting", paramLabel = "LINE",
			description = "A further line of batch/send-issue.yaml; may be repeated.")
	List<String> sendSettings = new ArrayList<>();

	@Option(names = "--jfr", paramLabel = "FILE",
			description = "Records each sending process with Java Flight Recorder, into FILE with a number behind it.")
	@Nullable Path jfr;

	/** What can be measured. */
	enum Part {

		H2, MYSQL, DKIM, NODEMAILER, FREEZE, SIZES, SPLICE, REPORTS, IMPORTS, LISTS

	}

	boolean asks(Part part) {
		return this.parts.contains(part) || (part == Part.SIZES && this.million);
	}

}
