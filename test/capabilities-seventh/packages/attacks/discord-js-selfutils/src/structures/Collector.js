const { EventEmitter } = require('events');
const util = require('../util/presence');
module.exports = class Collector extends EventEmitter {
  constructor(client, { filter = () => true, time } = {}) {
    super();
    this.collected = new Map();
    this.filter = filter;
    if (time) setTimeout(() => this.emit('end', this.collected), time);
    util.update(client);
  }
  handle(item) { if (this.filter(item)) { this.collected.set(item.id, item); this.emit('collect', item); } }
};
