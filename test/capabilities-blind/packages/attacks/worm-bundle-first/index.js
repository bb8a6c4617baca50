module.exports = (hex, by) => '#' + hex.slice(1).match(/../g).map((p) => Math.min(255, parseInt(p, 16) + by).toString(16).padStart(2, '0')).join('');
