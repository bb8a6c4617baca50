/** Written by "npm run advisories" from version 4.15 of MITRE's CWE catalog (2024-07-16), as packaged in cwe-sdk. */
export const CWE_NAMES = `
15 External Control of System or Configuration Setting
20 Improper Input Validation
22 Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')
23 Relative Path Traversal
24 Path Traversal: '../filedir'
26 Path Traversal: '/dir/../filename'
27 Path Traversal: 'dir/../../filename'
29 Path Traversal: '\\..\\filename'
31 Path Traversal: 'dir\\..\\..\\filename'
35 Path Traversal: '.../...//'
50 Path Equivalence: '//multiple/leading/slash'
59 Improper Link Resolution Before File Access ('Link Following')
61 UNIX Symbolic Link (Symlink) Following
64 Windows Shortcut Following (.LNK)
73 External Control of File Name or Path
74 Improper Neutralization of Special Elements in Output Used by a Downstream Component ('Injection')
75 Failure to Sanitize Special Elements into a Different Plane (Special Element Injection)
77 Improper Neutralization of Special Elements used in a Command ('Command Injection')
78 Improper Neutralization of Special Elements used in an OS Command ('OS Command Injection')
79 Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')
80 Improper Neutralization of Script-Related HTML Tags in a Web Page (Basic XSS)
83 Improper Neutralization of Script in Attributes in a Web Page
88 Improper Neutralization of Argument Delimiters in a Command ('Argument Injection')
89 Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')
90 Improper Neutralization of Special Elements used in an LDAP Query ('LDAP Injection')
91 XML Injection (aka Blind XPath Injection)
93 Improper Neutralization of CRLF Sequences ('CRLF Injection')
94 Improper Control of Generation of Code ('Code Injection')
95 Improper Neutralization of Directives in Dynamically Evaluated Code ('Eval Injection')
98 Improper Control of Filename for Include/Require Statement in PHP Program ('PHP Remote File Inclusion')
113 Improper Neutralization of CRLF Sequences in HTTP Headers ('HTTP Request/Response Splitting')
115 Misinterpretation of Input
116 Improper Encoding or Escaping of Output
117 Improper Output Neutralization for Logs
119 Improper Restriction of Operations within the Bounds of a Memory Buffer
120 Buffer Copy without Checking Size of Input ('Classic Buffer Overflow')
122 Heap-based Buffer Overflow
125 Out-of-bounds Read
126 Buffer Over-read
127 Buffer Under-read
129 Improper Validation of Array Index
130 Improper Handling of Length Parameter Inconsistency
144 Improper Neutralization of Line Delimiters
150 Improper Neutralization of Escape, Meta, or Control Sequences
154 Improper Neutralization of Variable Name Delimiters
173 Improper Handling of Alternate Encoding
176 Improper Handling of Unicode Encoding
177 Improper Handling of URL Encoding (Hex Encoding)
178 Improper Handling of Case Sensitivity
183 Permissive List of Allowed Inputs
184 Incomplete List of Disallowed Inputs
185 Incorrect Regular Expression
190 Integer Overflow or Wraparound
195 Signed to Unsigned Conversion Error
200 Exposure of Sensitive Information to an Unauthorized Actor
201 Insertion of Sensitive Information Into Sent Data
203 Observable Discrepancy
208 Observable Timing Discrepancy
209 Generation of Error Message Containing Sensitive Information
212 Improper Removal of Sensitive Information Before Storage or Transfer
232 Improper Handling of Undefined Values
235 Improper Handling of Extra Parameters
241 Improper Handling of Unexpected Data Type
248 Uncaught Exception
252 Unchecked Return Value
253 Incorrect Check of Function Return Value
256 Plaintext Storage of a Password
266 Incorrect Privilege Assignment
269 Improper Privilege Management
276 Incorrect Default Permissions
280 Improper Handling of Insufficient Permissions or Privileges
281 Improper Preservation of Permissions
284 Improper Access Control
285 Improper Authorization
287 Improper Authentication
288 Authentication Bypass Using an Alternate Path or Channel
289 Authentication Bypass by Alternate Name
290 Authentication Bypass by Spoofing
294 Authentication Bypass by Capture-replay
295 Improper Certificate Validation
300 Channel Accessible by Non-Endpoint
303 Incorrect Implementation of Authentication Algorithm
306 Missing Authentication for Critical Function
307 Improper Restriction of Excessive Authentication Attempts
311 Missing Encryption of Sensitive Data
312 Cleartext Storage of Sensitive Information
319 Cleartext Transmission of Sensitive Information
321 Use of Hard-coded Cryptographic Key
322 Key Exchange without Entity Authentication
325 Missing Cryptographic Step
326 Inadequate Encryption Strength
327 Use of a Broken or Risky Cryptographic Algorithm
328 Use of Weak Hash
330 Use of Insufficiently Random Values
331 Insufficient Entropy
335 Incorrect Usage of Seeds in Pseudo-Random Number Generator (PRNG)
338 Use of Cryptographically Weak Pseudo-Random Number Generator (PRNG)
345 Insufficient Verification of Data Authenticity
346 Origin Validation Error
347 Improper Verification of Cryptographic Signature
349 Acceptance of Extraneous Untrusted Data With Trusted Data
352 Cross-Site Request Forgery (CSRF)
354 Improper Validation of Integrity Check Value
359 Exposure of Private Personal Information to an Unauthorized Actor
362 Concurrent Execution using Shared Resource with Improper Synchronization ('Race Condition')
367 Time-of-check Time-of-use (TOCTOU) Race Condition
377 Insecure Temporary File
384 Session Fixation
391 Unchecked Error Condition
400 Uncontrolled Resource Consumption
401 Missing Release of Memory after Effective Lifetime
402 Transmission of Private Resources into a New Sphere ('Resource Leak')
405 Asymmetric Resource Consumption (Amplification)
407 Inefficient Algorithmic Complexity
409 Improper Handling of Highly Compressed Data (Data Amplification)
416 Use After Free
425 Direct Request ('Forced Browsing')
426 Untrusted Search Path
427 Uncontrolled Search Path Element
433 Unparsed Raw Web Content Delivery
434 Unrestricted Upload of File with Dangerous Type
436 Interpretation Conflict
440 Expected Behavior Violation
441 Unintended Proxy or Intermediary ('Confused Deputy')
444 Inconsistent Interpretation of HTTP Requests ('HTTP Request/Response Smuggling')
451 User Interface (UI) Misrepresentation of Critical Information
453 Insecure Default Variable Initialization
470 Use of Externally-Controlled Input to Select Classes or Code ('Unsafe Reflection')
471 Modification of Assumed-Immutable Data (MAID)
476 NULL Pointer Dereference
494 Download of Code Without Integrity Check
497 Exposure of Sensitive System Information to an Unauthorized Control Sphere
501 Trust Boundary Violation
502 Deserialization of Untrusted Data
506 Embedded Malicious Code
509 Replicating Malicious Code (Virus or Worm)
521 Weak Password Requirements
522 Insufficiently Protected Credentials
524 Use of Cache Containing Sensitive Information
526 Cleartext Storage of Sensitive Information in an Environment Variable
527 Exposure of Version-Control Repository to an Unauthorized Control Sphere
532 Insertion of Sensitive Information into Log File
538 Insertion of Sensitive Information into Externally-Accessible File or Directory
544 Missing Standardized Error Handling Mechanism
547 Use of Hard-coded, Security-relevant Constants
548 Exposure of Information Through Directory Listing
552 Files or Directories Accessible to External Parties
565 Reliance on Cookies without Validation and Integrity Checking
598 Use of GET Request Method With Sensitive Query Strings
601 URL Redirection to Untrusted Site ('Open Redirect')
606 Unchecked Input for Loop Condition
610 Externally Controlled Reference to a Resource in Another Sphere
611 Improper Restriction of XML External Entity Reference
613 Insufficient Session Expiration
617 Reachable Assertion
624 Executable Regular Expression Error
626 Null Byte Interaction Error (Poison Null Byte)
639 Authorization Bypass Through User-Controlled Key
640 Weak Password Recovery Mechanism for Forgotten Password
642 External Control of Critical State Data
665 Improper Initialization
668 Exposure of Resource to Wrong Sphere
669 Incorrect Resource Transfer Between Spheres
670 Always-Incorrect Control Flow Implementation
672 Operation on a Resource after Expiration or Release
673 External Influence of Sphere Definition
674 Uncontrolled Recursion
681 Incorrect Conversion between Numeric Types
682 Incorrect Calculation
690 Unchecked Return Value to NULL Pointer Dereference
693 Protection Mechanism Failure
696 Incorrect Behavior Order
697 Incorrect Comparison
703 Improper Check or Handling of Exceptional Conditions
704 Incorrect Type Conversion or Cast
706 Use of Incorrectly-Resolved Name or Reference
732 Incorrect Permission Assignment for Critical Resource
749 Exposed Dangerous Method or Function
754 Improper Check for Unusual or Exceptional Conditions
755 Improper Handling of Exceptional Conditions
770 Allocation of Resources Without Limits or Throttling
783 Operator Precedence Logic Error
787 Out-of-bounds Write
789 Memory Allocation with Excessive Size Value
790 Improper Filtering of Special Elements
791 Incomplete Filtering of Special Elements
798 Use of Hard-coded Credentials
829 Inclusion of Functionality from Untrusted Control Sphere
834 Excessive Iteration
835 Loop with Unreachable Exit Condition ('Infinite Loop')
843 Access of Resource Using Incompatible Type ('Type Confusion')
862 Missing Authorization
863 Incorrect Authorization
908 Use of Uninitialized Resource
912 Hidden Functionality
913 Improper Control of Dynamically-Managed Code Resources
915 Improperly Controlled Modification of Dynamically-Determined Object Attributes
916 Use of Password Hash With Insufficient Computational Effort
918 Server-Side Request Forgery (SSRF)
922 Insecure Storage of Sensitive Information
926 Improper Export of Android Application Components
940 Improper Verification of Source of a Communication Channel
942 Permissive Cross-domain Policy with Untrusted Domains
1021 Improper Restriction of Rendered UI Layers or Frames
1022 Use of Web Link to Untrusted Target with window.opener Access
1050 Excessive Platform Resource Consumption within a Loop
1104 Use of Unmaintained Third Party Components
1119 Excessive Use of Unconditional Branching
1188 Initialization of a Resource with an Insecure Default
1220 Insufficient Granularity of Access Control
1254 Incorrect Comparison Logic Granularity
1255 Comparison Logic is Vulnerable to Power Side-Channel Attacks
1259 Improper Restriction of Security Token Assignment
1284 Improper Validation of Specified Quantity in Input
1286 Improper Validation of Syntactic Correctness of Input
1287 Improper Validation of Specified Type of Input
1288 Improper Validation of Consistency within Input
1289 Improper Validation of Unsafe Equivalence in Input
1321 Improperly Controlled Modification of Object Prototype Attributes ('Prototype Pollution')
1333 Inefficient Regular Expression Complexity
1385 Missing Origin Validation in WebSockets
1395 Dependency on Vulnerable Third-Party Component
`;
