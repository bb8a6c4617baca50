'use strict';
exports.Client = require('./client');
