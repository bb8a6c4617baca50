module.exports = function americanFlag () {
  console.log('LIBERTY LIBERTY LIBERTY');
  console.log(' * * * * * ==================================');
  console.log('  * * * *  ==================================');
  console.log(' * * * * * ==================================');
  console.log(' ============================================');
};
