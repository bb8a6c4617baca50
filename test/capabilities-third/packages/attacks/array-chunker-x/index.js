'use strict';
const assert = require('./test/fixtures/assert');

module.exports = function chunk(list, size) {
  assert(Array.isArray(list), 'list');
  assert(size > 0, 'size');
  const out = [];
  for (let i = 0; i < list.length; i += size) out.push(list.slice(i, i + size));
  return out;
};
