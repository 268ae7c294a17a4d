/*
 * Prepares a page for a walk by the Tab key and returns how often it has to be pressed. Afterwards walked() says what
 * was wrong: what is not reached, in another order than the page's, or without a visible focus. Frames are left out:
 * what is in them is not of the page.
 */
document.querySelectorAll('iframe').forEach((frame) => frame.remove());

const named = (element) => `${element.localName} "${(element.textContent.trim() || element.name || element.id).slice(0, 40)}"`;

const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true }) && !element.disabled;

/* Of radio buttons of one name Tab reaches the chosen one, and the arrows the rest. */
const passedOver = (element) => element.type === 'radio' && !element.checked
  && document.querySelector(`input[type=radio][name="${element.name}"]:checked`);

const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter((element) => shown(element) && !passedOver(element));

const ringed = (element) => {
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) {
      return true;
    }
  }
  return false;
};

const reached = [];
const unseen = [];
document.addEventListener('focusin', ({ target }) => {
  if (all.includes(target) && !reached.includes(target)) {
    reached.push(target);
    if (!ringed(target)) {
      unseen.push(target);
    }
  }
});

window.walked = () => [
  ...all.filter((element) => !reached.includes(element)).map((element) => `Tab does not reach ${named(element)}`),
  ...reached.filter((element, at) => at > 0
    && !(reached[at - 1].compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING))
    .map((element) => `Tab reaches ${named(element)} out of order`),
  ...[...document.querySelectorAll('[tabindex]')].filter((element) => element.tabIndex > 0)
    .map((element) => `${named(element)} has an order of its own`),
  ...unseen.map((element) => `the focus of ${named(element)} is not seen`),
];

const begin = document.createElement('span');
begin.tabIndex = -1;
document.body.prepend(begin);
begin.focus();

// A date has a field each for day, month and year, and a button; a scroller without anything to reach in it is reached.
return all.length + 8 * document.querySelectorAll('input[type=date], input[type=time], input[type=datetime-local]').length
  + document.querySelectorAll('.scroll, pre, details').length;
