module.exports = function () {
  console.log('LIBERTY LIBERTY LIBERTY'.split(' ').join('\n'));
};
