"use strict";
const { useEditableRow, makeColumns } = require("./lib/columns");
require("./lib/tailwind.config");
module.exports = { useEditableRow, makeColumns };
