// PORT CONNECTIONS COUNT HTML TEXT: sends COUNT mails over nodemailer's pool and prints the seconds it took.
const fs = require('fs');
const nodemailer = require('nodemailer');

const [port, connections, count] = process.argv.slice(2, 5).map(Number);
const html = fs.readFileSync(process.argv[5], 'utf8');
const text = fs.readFileSync(process.argv[6], 'utf8');

const transport = nodemailer.createTransport({
	host: '127.0.0.1',
	port,
	ignoreTLS: true,
	pool: true,
	maxConnections: connections,
	maxMessages: Infinity
});

function mail(i) {
	const address = `reader${i}@lists${i % 50}.example`;
	const unsubscribe = `http://localhost:8080/u/${i}`;
	return {
		from: 'Editors <editors@news.example>',
		to: { name: `Reader ${i}`, address },
		envelope: { from: `bounce+${i}@localhost`, to: address },
		subject: 'The benchmark',
		html,
		text,
		headers: {
			'List-Unsubscribe': `<${unsubscribe}>`,
			'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
		}
	};
}

// A few more than there are connections wait in the pool, so that none of them idles.
let next = 0;
async function worker() {
	while (next < count) {
		next++;
		await transport.sendMail(mail(next));
	}
}

const start = process.hrtime.bigint();
Promise.all(Array.from({ length: connections * 2 }, worker)).then(() => {
	console.log(Number(process.hrtime.bigint() - start) / 1e9);
	transport.close();
});
