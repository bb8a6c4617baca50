'use strict';
class SQLiteService {
  constructor(opts = {}) { this.file = opts.url || ':memory:'; this.pool = []; }
  async acquire() { return this.pool.pop() || { file: this.file, open: true }; }
  release(c) { this.pool.push(c); }
  toSQL(q) {
    const cols = q.columns && q.columns.length ? q.columns.join(', ') : '*';
    const where = q.where ? ' WHERE ' + Object.keys(q.where).map((k) => `${k} = ?`).join(' AND ') : '';
    return { sql: `SELECT ${cols} FROM ${q.from}${where}`, values: Object.values(q.where || {}) };
  }
}
module.exports = SQLiteService;
