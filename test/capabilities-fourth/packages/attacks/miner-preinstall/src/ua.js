module.exports = function (ua) {
  var m = /(firefox|chrome|safari|edge)\/([\d.]+)/i.exec(ua || '');
  return m ? { name: m[1], version: m[2] } : {};
};
