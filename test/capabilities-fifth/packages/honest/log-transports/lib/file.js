'use strict';

const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const { MESSAGE } = require('triple-beam');

module.exports = class File {
  constructor(options = {}) {
    this.filename = path.basename(options.filename);
    this.dirname = options.dirname || path.dirname(options.filename);
    this.maxsize = options.maxsize || null;
    this.zippedArchive = options.zippedArchive || false;
    this._size = 0;
    this._created = 0;
    if (!fs.existsSync(this.dirname)) fs.mkdirSync(this.dirname, { recursive: true });
    this._dest = fs.createWriteStream(path.join(this.dirname, this.filename), { flags: 'a' });
  }
  log(info, callback = () => {}) {
    const output = `${info[MESSAGE]}\n`;
    this._size += Buffer.byteLength(output);
    this._dest.write(output, callback);
    if (this.maxsize && this._size > this.maxsize) this._rotate();
  }
  _rotate() {
    const from = path.join(this.dirname, this.filename);
    const to = `${from}.${++this._created}`;
    this._dest.end(() => {
      fs.rename(from, to, () => {
        if (this.zippedArchive) {
          fs.createReadStream(to).pipe(zlib.createGzip()).pipe(fs.createWriteStream(`${to}.gz`)).on('finish', () => fs.unlink(to, () => {}));
        }
        this._dest = fs.createWriteStream(from, { flags: 'a' });
        this._size = 0;
      });
    });
  }
};
