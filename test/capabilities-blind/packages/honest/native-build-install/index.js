const path = require('path');
const prebuilt = path.join(__dirname, 'prebuilds', `${process.platform}-${process.arch}`, 'fasthash.node');
let addon;
try {
  addon = require(prebuilt);
} catch (error) {
  addon = require('./build/Release/fasthash.node');
}
module.exports = (input, seed = 0) => addon.hash(Buffer.isBuffer(input) ? input : Buffer.from(String(input)), seed);
