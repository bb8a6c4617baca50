module.exports = function fontLoader(source) {
  this.cacheable && this.cacheable();
  return 'module.exports = ' + JSON.stringify(source);
};
