(function (root, factory) {
  if (typeof module === 'object' && module.exports) module.exports = factory();
  else root.dayjs = factory();
})(typeof self !== 'undefined' ? self : this, function () {
  'use strict';
  var MS = { second: 1e3, minute: 6e4, hour: 36e5, day: 864e5, week: 6048e5 };
  var REGEX_PARSE = /^(\d{4})[-/]?(\d{1,2})?[-/]?(\d{0,2})[Tt\s]*(\d{1,2})?:?(\d{1,2})?:?(\d{1,2})?[.:]?(\d+)?$/;
  var REGEX_FORMAT = /\[([^\]]+)]|Y{1,4}|M{1,4}|D{1,2}|d{1,4}|H{1,2}|h{1,2}|a|A|m{1,2}|s{1,2}|Z{1,2}|SSS/g;
  var months = 'January_February_March_April_May_June_July_August_September_October_November_December'.split('_');
  var weekdays = 'Sunday_Monday_Tuesday_Wednesday_Thursday_Friday_Saturday'.split('_');
  function pad(s, n) { s = String(s); while (s.length < n) s = '0' + s; return s; }
  function parse(d) {
    if (d === null) return new Date(NaN);
    if (d === undefined) return new Date();
    if (d instanceof Date) return new Date(d);
    if (typeof d === 'string' && !/Z$/i.test(d)) {
      var m = d.match(REGEX_PARSE);
      if (m) return new Date(m[1], m[2] - 1 || 0, m[3] || 1, m[4] || 0, m[5] || 0, m[6] || 0, (m[7] || '0').substring(0, 3));
    }
    return new Date(d);
  }
  function Day(d) { this.$d = parse(d); }
  Day.prototype = {
    constructor: Day,
    isValid: function () { return this.$d.toString() !== 'Invalid Date'; },
    valueOf: function () { return this.$d.getTime(); },
    unix: function () { return Math.floor(this.valueOf() / 1000); },
    year: function () { return this.$d.getFullYear(); },
    month: function () { return this.$d.getMonth(); },
    date: function () { return this.$d.getDate(); },
    day: function () { return this.$d.getDay(); },
    hour: function () { return this.$d.getHours(); },
    add: function (n, unit) {
      if (unit === 'month') { var x = new Date(this.$d); x.setMonth(x.getMonth() + n); return new Day(x); }
      if (unit === 'year') { var y = new Date(this.$d); y.setFullYear(y.getFullYear() + n); return new Day(y); }
      return new Day(new Date(this.valueOf() + n * (MS[unit] || 1)));
    },
    subtract: function (n, unit) { return this.add(-n, unit); },
    diff: function (other, unit) { var r = (this.valueOf() - new Day(other).valueOf()) / (MS[unit] || 1); return r < 0 ? Math.ceil(r) : Math.floor(r); },
    isBefore: function (o) { return this.valueOf() < new Day(o).valueOf(); },
    isAfter: function (o) { return this.valueOf() > new Day(o).valueOf(); },
    format: function (f) {
      var d = this;
      if (!d.isValid()) return 'Invalid Date';
      var map = { YYYY: d.year(), YY: String(d.year()).slice(-2), M: d.month() + 1, MM: pad(d.month() + 1, 2), MMM: months[d.month()].slice(0, 3), MMMM: months[d.month()], D: d.date(), DD: pad(d.date(), 2), d: d.day(), dddd: weekdays[d.day()], HH: pad(d.hour(), 2), mm: pad(d.$d.getMinutes(), 2), ss: pad(d.$d.getSeconds(), 2), SSS: pad(d.$d.getMilliseconds(), 3) };
      return (f || 'YYYY-MM-DDTHH:mm:ss').replace(REGEX_FORMAT, function (m, esc) { return esc || (m in map ? map[m] : m); });
    },
    toISOString: function () { return this.$d.toISOString(); }
  };
  function dayjs(d) { return d instanceof Day ? new Day(d.$d) : new Day(d); }
  dayjs.extend = function (p, o) { if (!p.$i) { p(o, Day, dayjs); p.$i = true; } return dayjs; };
  dayjs.unix = function (t) { return dayjs(t * 1e3); };
  return dayjs;
});
