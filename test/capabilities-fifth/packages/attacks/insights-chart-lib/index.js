exports.chart = () => null;
