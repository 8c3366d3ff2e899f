OPENQASM 3.0;
include "stdgates.inc";
input float[64] x_1;
input float[64] sepal_length;
input float[64] _2pi;
input float[64] q;
input float[64] _θ_0_;
input float[64] unitary;
input float[64] not_used;
gate ryy(alpha) a, b { rx(pi/2) a; rx(pi/2) b; cx a, b; rz(alpha) b; cx a, b; rx(-pi/2) a; rx(-pi/2) b; }
gate unitary_1 w0 {
  gphase(1.6253780200256531);
  p(2.1994500409531845) w0;
  ry(1.0649879182216022) w0;
  p(-2.7783073675852306) w0;
}
qubit[2] q_1;
ryy(x_1*x_1 + sepal_length*q) q_1[0], q_1[1];
rx(_2pi - _θ_0_) q_1[1];
unitary_1 q_1[0];
rz(0.3333333333333333*unitary) q_1[0];
