const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

/** A logger with the interface of VS Code's native one, which is not built here. It writes each line at once. */
class Logger {
  constructor(_type, _name, path) {
    this.path = path;
    this.level = LEVELS.indexOf('info');
    this.isPlain = false;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '', { flag: 'a' });
  }

  write(level, text) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.path, this.isPlain ? text : `${time} [${LEVELS[level]}] ${text}\n`);
  }

  trace(text) {
    this.write(0, text);
  }

  debug(text) {
    this.write(1, text);
  }

  info(text) {
    this.write(2, text);
  }

  warn(text) {
    this.write(3, text);
  }

  error(text) {
    this.write(4, text);
  }

  critical(text) {
    this.write(5, text);
  }

  getLevel() {
    return this.level;
  }

  setLevel(level) {
    this.level = level;
  }

  setPattern() {
    this.isPlain = false;
  }

  clearFormatters() {
    this.isPlain = true;
  }

  flush() {}

  drop() {}
}

const create = async (name, path) => new Logger('', name, path);

// One by one, as they are imported by their names.
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
