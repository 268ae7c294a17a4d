// What is wrong with the mail that this page shows, as a list of sentences. Arguments: whether it is shown as wide as
// a phone, whether its style element is there, its language.
const [phone, styled, lang] = arguments;
const findings = [];
const page = document.documentElement;
const width = page.clientWidth;

function named(element) {
	const classes = element.className ? '.' + String(element.className).replaceAll(' ', '.') : '';
	return element.localName + classes + ' "' + element.textContent.trim().slice(0, 40) + '"';
}

function round(pixels) {
	return Math.round(pixels * 10) / 10;
}

// A block is too narrow for what is in it, or it sticks out of the window.
if (page.scrollWidth > width) {
	findings.push('the page is ' + page.scrollWidth + ' px wide');
}
const visible = [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility());
for (const element of visible) {
	const box = element.getBoundingClientRect();
	if (getComputedStyle(element).display !== 'inline' && element.clientWidth > 0
			&& element.scrollWidth > element.clientWidth + 1) {
		findings.push(named(element) + ' holds ' + element.scrollWidth + ' px in ' + element.clientWidth);
	}
	if (box.width > 0 && (box.left < -0.5 || box.right > width + 0.5)) {
		findings.push(named(element) + ' reaches from ' + round(box.left) + ' to ' + round(box.right));
	}
}

// No text is too small to read; what is read at length is larger. Beside it stand these, smaller on purpose.
const ASIDE = 'pre, code, kbd, samp, sup, sub, small, font, table table table, .item-source, section, figcaption, summary';
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let text = texts.nextNode(); text; text = texts.nextNode()) {
	const parent = text.parentElement;
	if (text.data.trim() === '' || !parent.checkVisibility({ opacityProperty: true })) {
		continue;
	}
	const size = parseFloat(getComputedStyle(parent).fontSize);
	if (size < 12) {
		findings.push(named(parent) + ' is set in ' + round(size) + ' px');
	}
	else if (phone && size < 16 && parent.closest('.content') && !parent.closest(ASIDE)) {
		findings.push('body text ' + named(parent) + ' is set in ' + round(size) + ' px');
	}
}

// Chinese and Japanese have no italics: a browser would slant the characters.
for (const element of ['zh', 'ja', 'ko'].includes(lang.slice(0, 2)) ? visible : []) {
	const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data);
	if (getComputedStyle(element).fontStyle !== 'normal' && /[\p{sc=Han}\p{sc=Kana}\p{sc=Hang}]/u.test(own.join(''))) {
		findings.push(named(element) + ' is slanted');
	}
}

// A finger finds a link that is all its block has.
for (const link of phone && styled ? document.querySelectorAll('a[href]') : []) {
	const block = link.closest('p, li, td, th, dd, dt, h2, h3, h4, h5, h6, div');
	const target = link.querySelector('img') ?? link;
	const alone = block.textContent.trim() === link.textContent.trim();
	if (alone && target.checkVisibility() && target.getClientRects()[0].height < 24) {
		findings.push(named(link) + ' is ' + round(target.getClientRects()[0].height) + ' px high');
	}
}

// Pictures stay in the column and in their proportion.
const column = document.querySelector('.content').getBoundingClientRect();
for (const picture of document.querySelectorAll('img')) {
	const box = picture.getBoundingClientRect();
	if (!picture.complete || picture.naturalWidth === 0) {
		findings.push('a picture did not load');
	}
	else if (box.left < column.left - 0.5 || box.right > column.right + 0.5) {
		findings.push('a picture reaches from ' + round(box.left) + ' to ' + round(box.right));
	}
	else if (Math.abs(box.height * picture.naturalWidth / (box.width * picture.naturalHeight) - 1) > 0.05) {
		findings.push('a picture of ' + picture.naturalWidth + ' by ' + picture.naturalHeight + ' px is shown as '
				+ round(box.width) + ' by ' + round(box.height));
	}
}

const titles = visible.filter((element) => element.localName === 'h1').length;
if (titles !== 1) {
	findings.push(titles + ' headings of level one');
}
for (const place of [page, document.querySelector('[role=article]')]) {
	if (place.lang !== lang || !['ltr', 'rtl'].includes(place.dir)) {
		findings.push(place.localName + ' is said to be in "' + place.lang + '", ' + place.dir);
	}
}
const preheader = document.querySelector('.preheader');
if (preheader === null || preheader.checkVisibility() && preheader.getBoundingClientRect().height > 0) {
	findings.push('the preheader is shown, or not there');
}
const loaded = performance.getEntriesByType('resource').filter((entry) => !entry.name.startsWith('data:'));
loaded.forEach((entry) => findings.push('it loads ' + entry.name));
return findings;
