exports.format = function (n) {
  return Number(n).toFixed(2);
};
