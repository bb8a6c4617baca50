exports.pad = function pad(s, n) { return String(s).padEnd(n); };
exports.row = function row(cells, widths) { return cells.map((c, i) => exports.pad(c, widths[i])).join(' | '); };
