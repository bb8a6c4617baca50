"use strict";
exports.gasTable = (rows) => rows.map(({ method, gas }) => `${method.padEnd(30)} ${gas}`).join('\n');
