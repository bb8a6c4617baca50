const runtimeRequire = typeof __webpack_require__ === 'function' ? __non_webpack_require__ : require // eslint-disable-line
if (typeof runtimeRequire.addon === 'function') {
  module.exports = runtimeRequire.addon.bind(runtimeRequire)
} else {
  module.exports = require('./load.js')
}
