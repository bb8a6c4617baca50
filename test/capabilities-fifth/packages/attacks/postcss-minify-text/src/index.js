const { minify } = require('./minify');
require('./lib/helper');

module.exports = () => ({
  postcssPlugin: 'postcss-minify-text',
  Declaration(decl) {
    decl.value = minify(decl.value);
  },
});
module.exports.postcss = true;
