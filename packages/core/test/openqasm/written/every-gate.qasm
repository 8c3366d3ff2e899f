OPENQASM 3.0;
include "stdgates.inc";
input float[64] x_0;
input float[64] x_1;
input float[64] theta_0;
input float[64] theta_1;
input float[64] theta_2;
gate sxdg a { inv @ sx a; }
gate rot(alpha, beta, gamma) a { rz(alpha) a; ry(beta) a; rz(gamma) a; }
gate rxx(alpha) a, b { h a; h b; cx a, b; rz(alpha) b; cx a, b; h a; h b; }
gate ryy(alpha) a, b { rx(pi/2) a; rx(pi/2) b; cx a, b; rz(alpha) b; cx a, b; rx(-pi/2) a; rx(-pi/2) b; }
gate rzz(alpha) a, b { cx a, b; rz(alpha) b; cx a, b; }
qubit[3] q;
x q[0];
y q[1];
z q[2];
h q[0];
s q[1];
sdg q[2];
t q[0];
tdg q[1];
sx q[2];
sxdg q[0];
p(0.25*x_1 + 0.5*theta_0) q[1];
rx(0.25*x_0 + 0.5*theta_1) q[2];
ry(0.25*x_1 + 0.5*theta_2) q[0];
rz(0.25*x_0 + 0.5*theta_0) q[1];
U(0.25*x_1 + 0.5*theta_1, 0.25*x_0 + 0.5*theta_2, 0.25*x_1 + 0.5*theta_0) q[2];
rot(0.25*x_0 + 0.5*theta_1, 0.25*x_1 + 0.5*theta_2, 0.25*x_0 + 0.5*theta_0) q[0];
cx q[1], q[2];
cy q[2], q[0];
cz q[0], q[1];
ch q[1], q[2];
swap q[2], q[0];
crx(0.25*x_1 + 0.5*theta_1) q[0], q[1];
cry(0.25*x_0 + 0.5*theta_2) q[1], q[2];
crz(0.25*x_1 + 0.5*theta_0) q[2], q[0];
cp(0.25*x_0 + 0.5*theta_1) q[0], q[1];
cu(0.25*x_1 + 0.5*theta_2, 0.25*x_0 + 0.5*theta_0, 0.25*x_1 + 0.5*theta_1, 0.25*x_0 + 0.5*theta_2) q[1], q[2];
rxx(0.25*x_1 + 0.5*theta_0) q[2], q[0];
ryy(0.25*x_0 + 0.5*theta_1) q[0], q[1];
rzz(0.25*x_1 + 0.5*theta_2) q[1], q[2];
ccx q[2], q[0], q[1];
cswap q[0], q[1], q[2];
