console.log('Hello, world!');
module.exports = {};
