'use strict';
const { LicenseManager } = require('./license.js');

class Grid {
  constructor(element, options) {
    this.element = element;
    this.rows = options.rowData || [];
    this.columns = options.columnDefs || [];
    if (!LicenseManager.isValid()) LicenseManager.watermark(element);
    this.render();
  }
  render() {
    const doc = this.element.ownerDocument;
    const table = doc.createElement('table');
    for (const row of this.rows) {
      const tr = table.insertRow();
      for (const c of this.columns) tr.insertCell().textContent = String(row[c.field] ?? '');
    }
    this.element.replaceChildren(table);
  }
}
module.exports = { Grid, LicenseManager };
