'use strict';
const includeDeprecated = !process.env.ESLINT_CONFIG_NEATLY_NO_DEPRECATED;
module.exports = {
  rules: {
    curly: 0, 'no-unexpected-multiline': 0, '@stylistic/lines-around-comment': 0, 'array-bracket-newline': 'off',
    'arrow-parens': 'off', 'block-spacing': 'off', 'brace-style': 'off', 'comma-dangle': 'off', 'comma-spacing': 'off',
    'eol-last': 'off', indent: 'off', 'jsx-quotes': 'off', 'key-spacing': 'off', semi: 'off', 'space-before-blocks': 'off',
    ...(includeDeprecated && { 'indent-legacy': 'off', 'no-spaced-func': 'off' }),
  },
};
