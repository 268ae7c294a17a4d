// What this browser's own parser finds in pieces of HTML that may not be there. Arguments: the pieces, the names of
// elements and attributes, and the patterns of addresses that may.
const [pieces, elements, attributes, href, src] = arguments;
const allowed = { href: new RegExp('^(?:' + href + ')$', 'is'), src: new RegExp('^(?:' + src + ')$', 'is') };
const found = [];
for (const piece of pieces) {
	for (const element of new DOMParser().parseFromString(piece, 'text/html').querySelectorAll('head *, body *')) {
		if (!elements.includes(element.localName)) {
			found.push(element.localName + ' in ' + piece);
		}
		for (const { name, value } of element.attributes) {
			if (!attributes.includes(name) || allowed[name] && !allowed[name].test(value)) {
				found.push(name + '=' + value + ' in ' + piece);
			}
		}
	}
}
return found;
