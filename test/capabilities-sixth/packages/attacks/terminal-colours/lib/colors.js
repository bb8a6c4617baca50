var codes = { reset: [0, 0], bold: [1, 22], dim: [2, 22], underline: [4, 24], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39], grey: [90, 39] };
var colors = {};
Object.keys(codes).forEach(function (k) {
  colors[k] = function (s) { return '\u001b[' + codes[k][0] + 'm' + s + '\u001b[' + codes[k][1] + 'm'; };
});
colors.enabled = process.stdout.isTTY;
module.exports = colors;
