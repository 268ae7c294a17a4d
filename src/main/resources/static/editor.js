// Pages where something is written work without this file. With it the text is kept as one types, the preview follows,
// and findings are marked at their lines.
'use strict';

(() => {
  const QUIET_MS = 1500;
  const LONGEST_MS = 6000;
  // What a browser sends while it leaves a page.
  const BEACON_OCTETS = 60000;

  const each = (selector, action) => document.querySelectorAll(selector).forEach(action);

  // Form posts into a frame: a new frame each time, or each would be a step for the Back button.
  function live(form) {
    const button = document.querySelector(`button[form="${form.id}"][formtarget]`);
    let timer;
    const show = () => {
      const frame = document.querySelector(`iframe[name="${button.getAttribute('formtarget')}"]`);
      const next = frame.cloneNode(false);
      next.removeAttribute('src');
      frame.replaceWith(next);
      form.requestSubmit(button);
    };
    document.addEventListener('input', (event) => {
      if (event.target.form === form) {
        clearTimeout(timer);
        timer = setTimeout(show, QUIET_MS / 3);
      }
    });
  }

  function editor(form) {
    const text = form.querySelector('textarea');
    const mirror = form.querySelector('.mirror');
    const say = form.dataset;
    let kept = text.defaultValue;
    let sent = null;
    let since = 0;
    let timer = 0;
    let after = null;

    const state = () => form.querySelector('#draft-state');
    const status = (words) => {
      const line = state().querySelector('.kept');
      if (line.textContent !== words) {
        line.textContent = words;
      }
    };
    const dirty = () => text.value !== kept;

    function keep() {
      clearTimeout(timer);
      timer = 0;
      if (sent === null) {
        sent = text.value;
        status(say.keeping);
        form.dispatchEvent(new Event('keep'));
      }
    }

    function soon() {
      if (!dirty()) {
        return;
      }
      const now = Date.now();
      since = since || now;
      status(say.unkept);
      clearTimeout(timer);
      timer = setTimeout(keep, Math.max(0, Math.min(QUIET_MS, since + LONGEST_MS - now)));
    }

    // What is sent while a text is being kept would meet itself: it waits.
    form.addEventListener('submit', (event) => {
      clearTimeout(timer);
      if (sent !== null) {
        event.preventDefault();
        const button = event.submitter;
        after = () => form.requestSubmit(again(button));
        return;
      }
      kept = text.value;
    });

    // The part of the page that it was in may have been replaced.
    function again(button) {
      return !button || button.isConnected ? button : [...form.querySelectorAll('button')].find((other) => other.name === button.name
        && other.getAttribute('formaction') === button.getAttribute('formaction')) || null;
    }

    form.addEventListener('htmx:afterRequest', (event) => {
      if (event.target !== form || sent === null) {
        return;
      }
      const request = event.detail.xhr;
      if (event.detail.successful) {
        kept = sent;
        since = 0;
      } else if (request.status === 401 || request.status === 403) {
        status(say.ended);
        renewToken();
      } else {
        const page = new DOMParser().parseFromString(request.responseText, 'text/html').querySelector('main .lead');
        status(request.status ? `${say.refused} ${page ? page.textContent : ''}` : say.offline);
      }
      const failed = !event.detail.successful;
      sent = null;
      if (after !== null && !failed) {
        const next = after;
        after = null;
        next();
        return;
      }
      after = null;
      if (dirty()) {
        clearTimeout(timer);
        timer = setTimeout(keep, failed ? LONGEST_MS : QUIET_MS);
      }
    });

    // A page that loads again because the session has ended would lose the text.
    form.addEventListener('htmx:beforeOnLoad', (event) => {
      if (event.detail.xhr.status === 401) {
        event.preventDefault();
      }
    });

    // Who has signed in again in another tab goes on in this one.
    async function renewToken() {
      const response = await fetch(location.pathname, { headers: { Accept: 'text/html' }, redirect: 'error' }).catch(() => null);
      if (response && response.ok) {
        const page = new DOMParser().parseFromString(await response.text(), 'text/html');
        const fresh = page.querySelector('#editor input[name="_csrf"]');
        if (fresh) {
          form.querySelector('input[name="_csrf"]').value = fresh.value;
        }
      }
    }

    form.addEventListener('htmx:afterSwap', (event) => {
      if (event.target.closest('#findings')) {
        mark();
        return;
      }
      const frame = form.querySelector('iframe.mail');
      const next = new URL(state().dataset.frame, location.href).href;
      frame.contentWindow.location.replace(next);
    });

    window.addEventListener('beforeunload', (event) => {
      if (!dirty()) {
        return;
      }
      const body = new FormData(form);
      body.delete('file');
      const small = new Blob([text.value]).size < BEACON_OCTETS;
      if (!small || !navigator.sendBeacon(form.getAttribute('hx-post'), body)) {
        event.preventDefault();
      }
    });

    // Kept as it was left, the page does not know what the beacon made of its draft.
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) {
        location.reload();
      }
    });

    document.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's') {
        event.preventDefault();
        form.requestSubmit(form.querySelector('#save'));
      }
    });

    text.addEventListener('input', () => {
      reflect();
      soon();
    });
    each('#editor input[name="as"], #editor select[name="reader"]', (field) => field.addEventListener('change', () => {
      const address = form.querySelector('input[name="address"]');
      if (address && field.name === 'reader') {
        address.value = '';
      }
      keep();
    }));
    each('#editor input[name="address"]', (field) => field.addEventListener('change', keep));

    // A file dropped on the text goes the way of the file field.
    text.addEventListener('dragover', (event) => {
      if (event.dataTransfer.types.includes('Files')) {
        event.preventDefault();
      }
    });
    text.addEventListener('drop', (event) => {
      if (event.dataTransfer.files.length === 1) {
        event.preventDefault();
        form.querySelector('#file').files = event.dataTransfer.files;
        form.requestSubmit(form.querySelector('#take'));
      }
    });

    // Behind the text lie its lines again, unseen, so that each has a place for a mark.
    let lines = [];
    function reflect() {
      const now = text.value.split('\n');
      let begin = 0;
      while (begin < Math.min(lines.length, now.length) && lines[begin] === now[begin]) {
        begin++;
      }
      let end = 0;
      while (end < Math.min(lines.length, now.length) - begin && lines[lines.length - 1 - end] === now[now.length - 1 - end]) {
        end++;
      }
      for (let i = lines.length - end; i > begin; i--) {
        mirror.children[i - 1].remove();
      }
      const behind = mirror.children[begin] || null;
      for (let i = begin; i < now.length - end; i++) {
        const line = document.createElement('div');
        line.textContent = now[i] || '\u200b';
        mirror.insertBefore(line, behind);
      }
      lines = now;
    }

    function mark() {
      each('#editor .mirror [data-mark]', (line) => {
        delete line.dataset.mark;
        line.className = '';
      });
      each('#findings [data-line]', (found) => {
        const line = mirror.children[found.dataset.line - 1];
        if (line) {
          line.className = found.className;
          line.dataset.mark = say.mark.replace('0', found.querySelectorAll('p:not(.where)').length);
        }
      });
    }

    form.querySelector('#findings').addEventListener('click', (event) => {
      const link = event.target.closest('.where a');
      if (link) {
        event.preventDefault();
        const number = Number(link.closest('[data-line]').dataset.line) - 1;
        const from = lines.slice(0, number).reduce((sum, line) => sum + line.length + 1, 0);
        text.focus({ preventScroll: true });
        text.setSelectionRange(from, from + (lines[number] || '').length);
        mirror.children[number]?.scrollIntoView({ block: 'center' });
      }
    });

    form.classList.add('alive');
    reflect();
    mark();
    // A browser may have put back what was typed before the page was loaded again.
    soon();
  }

  each('form#editor', editor);
  each('form[data-live]', live);
})();
