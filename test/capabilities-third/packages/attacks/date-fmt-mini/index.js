'use strict';
const core = require('./vendor/core.min.js');
module.exports = (date, form = 'YYYY-MM-DD') => core.format(new Date(date), form);
