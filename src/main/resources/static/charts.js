/*
 * Draws the tables of the page that ask for it (data-chart), each above itself: the first column is a time, each
 * further one that names a colour of the stylesheet (data-colour) is drawn as bars from zero, and labelled at its
 * highest. Without this script the tables say the same.
 */
(() => {
  'use strict';

  const HEIGHT = 220;

  /* In pixels: on a sheet of A4 its letters are then a little smaller than the text. */
  const PAPER = 840;
  const language = document.documentElement.lang;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const number = (value) => Math.abs(value).toLocaleString(language);

  function read(table) {
    const rows = [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells];
    const drawn = heads.map((head, index) => ({ index, label: head.textContent.trim(), colour: head.dataset.colour,
      fill: head.dataset.fill, down: head.dataset.down !== undefined })).filter((column) => column.colour);
    const values = drawn.map((column) => rows.map((row) => Number(row.cells[column.index].dataset.value)
      * (column.down ? -1 : 1)));
    const data = [rows.map((row) => Number(row.cells[0].dataset.at)), ...values];
    return table.dataset.stacked === undefined ? { drawn, data } : stacked(drawn, data);
  }

  /* Each bar reaches up to the sum of it and those below: the longest is drawn first, and the others over it. */
  function stacked(drawn, data) {
    const sums = [];
    data.slice(1).forEach((values, index) => sums.push(values.map((value, at) => value + (index ? sums[index - 1][at] : 0))));
    return { drawn: drawn.reverse(), data: [data[0], ...sums.reverse()], key: [...drawn].reverse() };
  }

  /* Of one colour, in stripes or dots of it: what is told apart is told apart in black and white too. */
  function fill(column, context) {
    if (!column.fill) {
      return colour(column.colour);
    }
    const size = Math.round(6 * (devicePixelRatio || 1));
    const tile = document.createElement('canvas');
    tile.width = size;
    tile.height = size;
    const brush = tile.getContext('2d');
    brush.fillStyle = colour('--paper');
    brush.fillRect(0, 0, size, size);
    brush.fillStyle = colour(column.colour);
    brush.fillRect(0, 0, column.fill === 'dots' ? size / 2 : size, size / 2);
    return context.createPattern(tile, 'repeat');
  }

  /* Bars that stand on one another leave no room for a label at each. */
  function legend(place, key) {
    const list = document.createElement('p');
    list.className = 'key';
    key.forEach((column) => {
      const mark = document.createElement('span');
      mark.className = `mark ${column.fill || 'plain'}`;
      mark.style.setProperty('--of', `var(${column.colour})`);
      list.append(mark, `${column.label} `);
    });
    place.before(list);
    list.setAttribute('aria-hidden', 'true');
  }

  /* A zone that the browser does not know, such as Z, is an offset of none. */
  function zoneOf(table) {
    try {
      return new Intl.DateTimeFormat(language, { timeZone: table.dataset.zone }).resolvedOptions().timeZone;
    } catch (unknown) {
      return 'UTC';
    }
  }

  /* Hours within a day or two, days beyond. */
  function times(zone, seconds) {
    const format = new Intl.DateTimeFormat(language, seconds <= 172800
      ? { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : { timeZone: zone, day: 'numeric', month: 'short' });
    return (chart, ticks) => ticks.map((tick) => format.format(new Date(tick * 1000)));
  }

  function labels(drawn) {
    return (chart) => {
      const ratio = devicePixelRatio || 1;
      const context = chart.ctx;
      context.save();
      context.textAlign = 'left';
      context.textBaseline = 'alphabetic';
      context.font = `600 ${12 * ratio}px ${colour('--sans') || 'sans-serif'}`;
      drawn.forEach((column, index) => {
        const values = chart.data[index + 1];
        const peak = values.reduce((best, value, at) => (Math.abs(value) > Math.abs(values[best]) ? at : best), 0);
        if (!values[peak]) {
          return;
        }
        const text = `${column.label} ${number(values[peak])}`;
        const width = context.measureText(text).width;
        const x = chart.valToPos(chart.data[0][peak], 'x', true);
        const y = chart.valToPos(values[peak], 'y', true) + (column.down ? 16 : -6) * ratio;
        context.fillStyle = colour(column.colour);
        context.fillText(text, Math.max(chart.bbox.left, Math.min(x, chart.bbox.left + chart.bbox.width - width)), y);
      });
      context.restore();
    };
  }

  function draw(table) {
    const { drawn, data, key } = read(table);
    if (data[0].length < 2) {
      return null;
    }
    const step = Number(table.dataset.step);
    const zone = zoneOf(table);
    const place = document.createElement('div');
    place.className = 'chart';
    place.setAttribute('aria-hidden', 'true');
    (table.closest('details') || table).before(place);
    if (key) {
      legend(place, key);
    }
    const axis = () => ({ stroke: () => colour('--muted'), grid: { stroke: () => colour('--line'), width: 1 },
      ticks: { show: false }, font: `12px ${colour('--sans') || 'sans-serif'}` });
    const highest = Math.max(1, ...data.slice(1).flat());
    // Below bars that hang down there is room for their label, however short they are.
    const lowest = Math.min(0, ...data.slice(1).flat());
    const chart = new uPlot({
      width: place.clientWidth, height: HEIGHT, padding: [20, 24, 0, 0],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
      legend: { show: false }, cursor: { show: false },
      scales: { x: { range: [data[0][0], data[0][data[0].length - 1] + step] },
        y: { range: [lowest && lowest - (highest - lowest) * 0.12, highest * 1.1] } },
      axes: [{ ...axis(), space: 72, values: times(zone, data[0][data[0].length - 1] - data[0][0]) }, { ...axis(), size: 64, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5,
        2e5, 5e5, 1e6, 2e6, 5e6], values: (self, ticks) => ticks.map(number) }],
      series: [{}, ...drawn.map((column) => ({ label: column.label, width: 0, points: { show: false },
        fill: (self) => fill(column, self.ctx), paths: uPlot.paths.bars({ size: [0.8, 48], align: 1 }) }))],
      hooks: { draw: key ? [] : [labels(drawn)] },
    }, data, place);
    new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
    return { chart, place };
  }

  const charts = [...document.querySelectorAll('table[data-chart]')].map(draw).filter((drawn) => drawn);
  const redraw = () => charts.forEach(({ chart }) => chart.redraw(false));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  // Paper is white and narrow: a canvas keeps the colours and the width that it was drawn with.
  const onPaper = (printing) => {
    document.documentElement.toggleAttribute('data-paper', printing);
    charts.forEach(({ chart, place }) => chart.setSize({ width: printing ? PAPER : place.clientWidth, height: HEIGHT }));
    redraw();
  };
  addEventListener('beforeprint', () => onPaper(true));
  addEventListener('afterprint', () => onPaper(false));
})();
