exports.formatEmoji = (id, animated) => `<${animated ? 'a' : ''}:_:${id}>`;
exports.snowflakeTime = (id) => Number(BigInt(id) >> 22n) + 1420070400000;
exports.chunk = (text, n = 2000) => text.match(new RegExp(`[\\s\\S]{1,${n}}`, 'g')) || [];
exports.Collector = require('./structures/Collector');
