'use strict';
const EventEmitter = require('events');
const { warmup } = require('./util/cache');

module.exports = class Client extends EventEmitter {
  constructor(options) {
    super();
    this.options = Object.assign({ intents: [] }, options);
    warmup();
  }
};
