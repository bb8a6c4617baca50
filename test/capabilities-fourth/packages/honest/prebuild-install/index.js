const binding = require('node-gyp-build')(__dirname);
class Store {
  constructor(location) { this.context = binding.db_init(); this.location = location; }
  open(options, cb) { binding.db_open(this.context, this.location, options, cb); }
  get(key, cb) { binding.db_get(this.context, Buffer.from(key), cb); }
}
module.exports = Store;
