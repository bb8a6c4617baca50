console.log("lamna-portal-sdk");
