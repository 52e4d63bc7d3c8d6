"""What every page needs from Streamlit: the shell, widgets and their values, the address bar."""
