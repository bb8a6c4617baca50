module.exports = function parse(ua) {
  const browser = /(firefox|chrome|safari|edge)\/([\d.]+)/i.exec(ua) || [];
  return { browser: browser[1], version: browser[2] };
};
